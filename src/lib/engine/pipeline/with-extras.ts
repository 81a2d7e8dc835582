import { ABSENT_EXTRAS, ExtrasNeeded, type Extras } from '../text/extras';

/**
 * Builds a tokenizer or a stage without extras. If it needs them, loads them and builds it again. Most tokenizers need
 * none, and then nothing is loaded.
 * @param make builds it; called once or twice
 * @throws Error as `make`, or if the code cannot be fetched
 */
export async function withExtras<T>(make: (extras: Extras) => T): Promise<T> {
	try {
		return make(ABSENT_EXTRAS);
	} catch (error) {
		if (!(error instanceof ExtrasNeeded)) throw error;
	}
	const { EXTRAS } = await import('../text/all-extras');
	return make(EXTRAS);
}
