import { encodeUtf8 } from '../text/utf8';
import { createPretokenCounter } from './counter';
import { createTrainer } from './trainer';
import type { PretokenCounts, Training, TrainingRules } from './types';

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
