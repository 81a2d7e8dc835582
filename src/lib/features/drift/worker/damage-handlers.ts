import { measureDamage } from '../../../drift/damage/measure';
import type { DamageCalls } from './damage-calls';
import type { Handlers } from '../../../workers/job';
import type { LoadedTokenizers } from '../../../session/worker/loaded-tokenizers';

export function damageHandlers(tokenizers: LoadedTokenizers): Handlers<'damage'> {
	return {
		async damage(params: DamageCalls['damage']['params'], job) {
			const a = await tokenizers.lab(params.a, job);
			const b = await tokenizers.lab(params.b, job);
			return job.inTurn(async () => {
				const rows = params.rows ?? a.tokenizer.vocabularySize;
				const steps = measureDamage({ a, b, rows, documents: params.documents });
				for (let step = steps.next(); ; step = steps.next()) {
					if (step.done) return { result: step.value };
					job.progress({ phase: 'measure', ...step.value });
					await job.breathe();
				}
			});
		}
	};
}
