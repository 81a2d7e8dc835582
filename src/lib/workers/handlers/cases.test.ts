import { it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { resultOf, serve } from '../../../../tests/support/serve';
import { DRIFT_CASES } from '../../content/drift/cases';
import type { Request } from '../protocol';
import { spellBytes } from '../../analysis/cases/spell-bytes';

it('scratch', async () => {
	const served = serve((id) => Promise.resolve(packedSpec(id)));
	let id = 0;
	for (const one of DRIFT_CASES) {
		const { a, b, task, expect: e } = one;
		const t = performance.now();
		served.service.handle({ id: ++id, method: 'driftCase', params: { a, b, task, expect: e } } as unknown as Request);
		const end = await served.end(id);
		if (end.type === 'error') { console.log('ERROR', one.slug, end.message); continue; }
		const r = resultOf('driftCase', end);
		const s = (x) => `${x.tokens.map((y) => y.id)} ${JSON.stringify(x.tokens.map((y) => spellBytes(y.bytes)))} reads ${JSON.stringify(x.reads)} ${x.error ?? ''}`;
		console.log(r.status === 'reproduced' ? 'ok ' : 'NO ', one.slug, (performance.now() - t).toFixed(0), r.status === 'reproduced' ? '' : r.why, '\n  A', s(r.a), '\n  B', s(r.b));
	}
});
