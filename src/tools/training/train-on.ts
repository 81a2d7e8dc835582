import {
	createPretokenCounter,
	createTrainer,
	type PretokenCounts,
	type Training,
	type TrainingRules
} from '../../lib/engine';
import { encodeUtf8 } from '../../lib/engine/text/utf8';

/** Trains on a text, to the end. */
export function trainOn(
	text: string,
	rules: TrainingRules
): { counts: PretokenCounts; training: Training } {
	const counter = createPretokenCounter(rules);
	counter.add(encodeUtf8(text));
	const counts = counter.finish();
	const trainer = createTrainer(counts, rules);
	while (!trainer.advance(1000));
	return { counts, training: trainer.result() };
}
