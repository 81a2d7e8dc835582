import type { DriftCalls } from '../features/drift/worker';
import type { InflationCalls } from '../features/inflation/worker';
import type { StrawberryCalls } from '../features/strawberry/worker';
import type { VocabularyCalls } from '../features/vocabulary/worker';
import type { HubCalls } from '../session/worker/hub';
import type { OpeningCalls } from '../session/worker/opening';
import type { TokenizingCalls } from '../session/worker/tokenizing';
import type { TrainingCalls } from '../session/worker/training';
import type { WritingCalls } from '../session/worker/writing-calls';

/** Every call that the workers answer. */
export type Calls = TokenizingCalls &
	OpeningCalls &
	HubCalls &
	TrainingCalls &
	WritingCalls &
	StrawberryCalls &
	InflationCalls &
	DriftCalls &
	VocabularyCalls;
export type Method = keyof Calls;
