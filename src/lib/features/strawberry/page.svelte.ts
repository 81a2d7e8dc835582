/** The Strawberry page's state: a word in many tokenizers, and its merges. */
import { createContext } from 'svelte';
import type { Lab } from '../../session/lab.svelte';
import type { LinkContent } from '../../session/documents/link-codec';
import { STRAWBERRY_FIELDS } from '../../session/documents/strawberry';
import { DEFAULT_TOKENIZERS } from '../../tokenizers/catalogue';
import { LINK_HOLDS_IDS, LINK_HOLDS_TEXT } from './messages';
import type { PrerenderedWord } from './prerender';
import { MAX_WORD_UNITS, StrawberryState } from './strawberry.svelte';
import { WordTracing } from './word-tracing.svelte';
import { STRAWBERRY_ROUTES } from './worker';

export function createStrawberryPage(lab: Lab, prerendered: PrerenderedWord) {
	const workers = lab.connect(STRAWBERRY_ROUTES);
	const names = lab.known.withoutLive();
	const first = { kind: 'text', value: prerendered.word } as const;
	const document = lab.document(STRAWBERRY_FIELDS, {
		names,
		input: {
			default: first,
			content: (): LinkContent =>
				strawberry.word === prerendered.word ? 'default' : { kind: 'text', value: strawberry.word },
			take(link) {
				const { kind, value: word } = link.input ?? first;
				const isText = word.length > MAX_WORD_UNITS;
				if (isText || kind === 'ids') link.report(isText ? LINK_HOLDS_TEXT : LINK_HOLDS_IDS);
				// Keep the current word if the link is invalid and no word could be read from it.
				else if (link.input || link.isSound) strawberry.setWord(word);
			}
		}
	});
	const { value } = document;
	const strawberry: StrawberryState = new StrawberryState(workers, value, prerendered);
	const tracing = new WordTracing(workers, value, prerendered);
	strawberry.follow(value.tokenizers);
	/** The tokenizers last adopted from Compare. */
	let taken = DEFAULT_TOKENIZERS;
	return {
		document,
		strawberry,
		tracing,
		value,
		names,
		workers,
		/** Retries everything that failed, because one cause may affect several parts of the page. */
		retry: (): void => {
			strawberry.retry();
			tracing.retry();
		},
		/** Adopts Compare's tokenizers if they have changed since they were last adopted. */
		takeOver: (): void => {
			if (lab.tokenizers.join() === taken.join()) return;
			taken = lab.tokenizers;
			const ids = taken.filter((id) => names.has(id));
			if (ids.length > 0) value.tokenizers = ids;
		}
	};
}

export const [getStrawberryPage, setStrawberryPage] =
	createContext<ReturnType<typeof createStrawberryPage>>();
