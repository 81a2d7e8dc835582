/** Property tests try the same inputs in every run; `SEED=…` in the environment tries others. */
import fc from 'fast-check';
import { SEED } from './random-texts';

fc.configureGlobal({ seed: SEED });
