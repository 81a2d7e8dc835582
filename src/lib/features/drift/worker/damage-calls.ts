/** Calls that measure what drift costs, and that ask the gallery's cases again. */
import type { CaseOutcome, CaseQuestion } from '../../../drift/cases/types';
import type { Damage, DamageDocument } from '../../../drift/damage/types';
import type { TokenizerChoice } from '../../../session/worker/tokenizing-calls';

export interface DamageCalls {
	/** Trains a small language model on A's ids and serves it held-out text through both. */
	damage: { params: DamageParams; result: Damage };
	/** Whether a case of the gallery is there, computed now. */
	driftCase: { params: CaseQuestion; result: CaseOutcome };
}

export interface DamageParams {
	readonly a: TokenizerChoice;
	readonly b: TokenizerChoice;
	/** Rows of the model's embedding; null for A's largest id + 1. */
	readonly rows: number | null;
	/** Every fifth is held out; a single one is cut into parts at line ends first. */
	readonly documents: readonly DamageDocument[];
}
