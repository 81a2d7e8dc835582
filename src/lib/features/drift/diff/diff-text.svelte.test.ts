import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import { sidesOf } from '../../../../../tests/support/fake-drift';
import { PLAIN_READING } from '../../../drift/text/read';
import type { SideBySide } from '../../../drift/text/side-by-side';
import { encodeUtf8 } from '../../../engine/text/utf8';
import { DiffText } from './diff-text.svelte';

it('asks once about a text that cannot be compared, and nothing after a stop, from an effect', async () => {
	const texts = fakeCalls<'driftText'>();
	const text = encodeUtf8('ab');
	const first = { ...({} as SideBySide), sides: sidesOf('first', 'second'), text };
	const state = new DiffText({ driftText: texts.method }, first);
	const pair = sidesOf('a', 'b');
	let runs = 0;
	const end = $effect.root(() => {
		$effect(() => {
			runs++;
			state.follow({ sides: pair, text, reading: PLAIN_READING });
		});
	});
	flushSync();
	texts.calls[0].reject(new Error('it broke'));
	await settle();
	flushSync();
	expect([runs, texts.calls.length]).toEqual([1, 1]);
	state.again();
	state.stop();
	flushSync();
	await settle();
	expect([runs, texts.calls.length]).toEqual([1, 2]);
	end();
});
