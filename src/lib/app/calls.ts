/** Every call that the workers answer: the features' own, put together. */
import type { DriftCalls } from '../features/drift/worker';
import type { InflationCalls } from '../features/inflation/worker';
import type { StrawberryCalls } from '../features/strawberry/worker';
import type { TokenizingCalls } from '../session/worker/tokenizing';
import type { TrainingCalls } from '../session/worker/training';

export type Calls = TokenizingCalls & TrainingCalls & StrawberryCalls & InflationCalls & DriftCalls;
export type Method = keyof Calls;
