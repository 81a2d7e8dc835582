import type { TrainingRules } from './types';

/** Rules that cannot be followed. The message says what was got, what was expected and what to do. */
export class TrainingRuleError extends Error {
	override readonly name = 'TrainingRuleError';

	/** @param rule the one to change */
	constructor(
		readonly rule: keyof TrainingRules,
		message: string,
		options?: ErrorOptions
	) {
		super(message, options);
	}
}
