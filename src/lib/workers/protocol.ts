/** What the page and its workers say to each other. Plain data, large results as typed arrays. */
import type { DamageProgress } from '../drift/damage/measure';
import type { TrainingRules } from '../engine';
import type { InflationCalls } from '../features/inflation/worker/calls';
import type { SpellingCalls } from '../features/strawberry/worker/calls';
import type { DamageCalls } from '../features/drift/worker/damage-calls';
import type { DriftCalls } from '../features/drift/worker/calls';
import type { TokenizingCalls } from '../session/worker/tokenizing-calls';
import type { TrainingCalls } from '../session/worker/training-calls';

/** Every call: what it takes and what it gives. One interface a concern, under `calls/`. */
export type Calls = TokenizingCalls &
	TrainingCalls &
	SpellingCalls &
	InflationCalls &
	DamageCalls &
	DriftCalls;
export type Method = keyof Calls;

export type Progress =
	/** Bytes of a vocabulary received; `total` is 0 when unknown. */
	| { readonly phase: 'download'; readonly received: number; readonly total: number }
	/** Bytes of the atlas's texts received; likewise. */
	| { readonly phase: 'texts'; readonly received: number; readonly total: number }
	/** The runtime builds its tables. */
	| { readonly phase: 'prepare' }
	/** Share of the text that is done, 0 to 1. */
	| { readonly phase: 'encode'; readonly share: number }
	/** Bytes of a corpus counted. */
	| { readonly phase: 'count'; readonly bytes: number; readonly total: number }
	/** Merges done; `count`: how often the pair merged last stood in the corpus. */
	| {
			readonly phase: 'merge';
			readonly merges: number;
			readonly target: number;
			readonly count: number;
	  }
	/** A model is trained, or text is served to it. */
	| ({ readonly phase: 'measure' } & DamageProgress);

export type Request = {
	[M in Method]: { readonly id: number; readonly method: M; readonly params: Calls[M]['params'] };
}[Method];

export type ToWorker = Request | { readonly cancel: number };

export type FromWorker =
	/** The request now has the worker's thread. */
	| { readonly id: number; readonly type: 'start' }
	| { readonly id: number; readonly type: 'progress'; readonly progress: Progress }
	| { readonly id: number; readonly type: 'result'; readonly result: Calls[Method]['result'] }
	/**
	 * `retry`: the same request may succeed later (a download that failed). `rule`: the rule of a
	 * training that cannot be followed.
	 */
	| {
			readonly id: number;
			readonly type: 'error';
			readonly message: string;
			readonly retry: boolean;
			readonly rule?: keyof TrainingRules;
	  }
	| { readonly id: number; readonly type: 'cancelled' };
