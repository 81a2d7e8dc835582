/** Keys under which measures of all languages can be kept beyond a visit. */
import { vocabularyAddress } from './download';
import { textsAddress } from './languages';

/** To be raised when what a measure says of the same tokens and texts changes. */
const EDITION = 1;

/**
 * Names what the measures of a tokenizer follow from: its vocabulary and the texts, by the hashes in
 * their files' names (the development server has none), and what is measured. The engine is not in it,
 * because its ids are the reference's. An id that is not the catalogue's never changes its meaning.
 */
export function measureKey(tokenizer: string): string {
	const address = vocabularyAddress(tokenizer);
	const vocabulary = address === undefined ? tokenizer : fileName(address);
	return [EDITION, fileName(textsAddress), vocabulary].join(' ');
}

const fileName = (address: string): string => address.slice(address.lastIndexOf('/') + 1);
