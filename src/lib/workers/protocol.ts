import type { DamageProgress } from '../drift/damage/measure';
import type { TrainingRules } from '../engine/train';

/** Parameter and result types of a call to a worker. */
export interface Call {
	readonly params: unknown;
	readonly result: unknown;
}

/** An interface whose members are calls. */
export type CallMap<C> = { readonly [M in keyof C]: Call };

export type Progress =
	/** Number of bytes of a vocabulary received so far; `total` is 0 if unknown. */
	| { readonly phase: 'download'; readonly received: number; readonly total: number }
	/** Number of bytes of the parallel texts received so far; `total` is 0 if unknown. */
	| { readonly phase: 'texts'; readonly received: number; readonly total: number }
	/** Reading a tokenizer's files, or building and describing the tokenizer. */
	| { readonly phase: 'open'; readonly step: 'read' | 'build' }
	/** Building a tokenizer's tables, or other preparation that occupies the worker's thread. */
	| { readonly phase: 'prepare' }
	/** Share of the text that has been encoded, from 0 to 1. */
	| { readonly phase: 'encode'; readonly share: number }
	/** Counting the bytes in a corpus. */
	| { readonly phase: 'count'; readonly bytes: number; readonly total: number }
	/** Number of merges so far. `count` is how often the latest pair occurs in the corpus. */
	| {
			readonly phase: 'merge';
			readonly merges: number;
			readonly target: number;
			readonly count: number;
	  }
	/** Training a small model, or scoring text with it. */
	| ({ readonly phase: 'measure' } & DamageProgress);

export interface Request {
	readonly id: number;
	readonly method: string;
	readonly params: unknown;
}

export type ToWorker = Request | { readonly cancel: number };

export type FromWorker =
	/**
	 * The worker requests, holds or releases the lock that shows that it is alive. `awake` means that it is requesting
	 * the lock before its script is loaded.
	 */
	| { readonly id: 0; readonly type: 'awake' | 'locked' | 'held' | 'unlocked' }
	/** The worker is alive, and its thread is free. */
	| { readonly id: number; readonly type: 'received' }
	/** The request now occupies the worker's thread. */
	| { readonly id: number; readonly type: 'start' }
	/**
	 * A tokenizer's tables have been built, or building them has failed. The `prepare` progress message is sent when
	 * building starts.
	 */
	| { readonly id: number; readonly type: 'built' }
	| { readonly id: number; readonly type: 'progress'; readonly progress: Progress }
	| { readonly id: number; readonly type: 'result'; readonly result: unknown }
	/**
	 * `retry`: whether the same request may succeed later, for example after a failed download. `rule`: the training
	 * rule that is invalid.
	 */
	| {
			readonly id: number;
			readonly type: 'error';
			readonly message: string;
			readonly retry: boolean;
			readonly rule?: keyof TrainingRules;
	  }
	| { readonly id: number; readonly type: 'cancelled' };
