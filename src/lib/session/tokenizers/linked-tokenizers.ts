/**
 * How a link names tokenizers of the user's own. Its other fields have their ids, which are random. One more parameter
 * for each of them says which tokenizer that is: `own=own-1234abcd,<fingerprint>,<repository of the Hub>,<name>`, with
 * nothing in place of what is not known.
 */
import { formatHubReference, parseHubReference, type HubReference } from './hub/repository';
import { escapeList } from '../documents/schema';

/** A tokenizer of someone's own, as a link names it. */
export interface LinkedTokenizer {
	/** Id on the machine that wrote the link. */
	readonly id: string;
	/** Name there. */
	readonly name: string;
	/** As `bpe-lab fingerprint` prints it; `null` if it was not known there. */
	readonly fingerprint: string | null;
	/** Where it was loaded from; `null` if it is not of the Hugging Face Hub. */
	readonly hub: HubReference | null;
}

/** Says that a tokenizer which a link names is not here, and what to do. */
export const describeMissing = ({ name, hub }: Pick<LinkedTokenizer, 'name' | 'hub'>): string =>
	hub
		? `“${name}” is not in this browser. Load ${hub.repository} from the Hugging Face Hub.`
		: `“${name}” is not in this browser. Open its file.`;

/** Whether two fingerprints are equal; `null` if one is unknown. */
const sameFingerprint = (a: LinkedTokenizer, b: LinkedTokenizer): boolean | null =>
	a.fingerprint === null || b.fingerprint === null ? null : a.fingerprint === b.fingerprint;

/**
 * Whether two descriptions are of the same tokenizer: the same fingerprint, or the same commit of a repository, which may
 * hold several tokenizers.
 */
export const isSame = (a: LinkedTokenizer, b: LinkedTokenizer): boolean =>
	sameFingerprint(a, b) ??
	(a.hub !== null && a.hub.repository === b.hub?.repository && a.hub.commit === b.hub.commit);

/** Whether two descriptions with the same id cannot be of the same tokenizer. */
export const isAnother = (a: LinkedTokenizer, b: LinkedTokenizer): boolean =>
	sameFingerprint(a, b) === false;

/** Name of the parameter. */
export const LINKED_FIELD = 'own';

/** Tells the tokenizers that links name from the saved ones. */
export interface TokenizerLinks {
	/** All tokenizers that a link may have to describe. */
	readonly described: readonly LinkedTokenizer[];
	/** Finds tokenizers here. @returns id here by id in the link */
	resolve(linked: readonly LinkedTokenizer[]): ReadonlyMap<string, string>;
}

/** Adds what describes the tokenizers that the search part of a link names. */
export function describeLinked(search: string, tokenizers: readonly LinkedTokenizer[]): string {
	const named = tokenizers.filter(({ id }) => search.includes(id));
	const parameters = named.map(({ id, fingerprint, hub, name }) => {
		const parts = [id, fingerprint ?? '', hub === null ? '' : formatHubReference(hub), name];
		return `&${LINKED_FIELD}=${escapeList(parts.join(',').toWellFormed())}`;
	});
	return search + parameters.join('');
}

/** Replaces the tokenizers of a link by those that are meant here, and removes their descriptions. */
export function resolveLinked(
	search: URLSearchParams,
	links: TokenizerLinks | undefined
): URLSearchParams {
	const linked = search.getAll(LINKED_FIELD).flatMap((text) => parseLinked(text) ?? []);
	const others = [...search].filter(([name]) => name !== LINKED_FIELD);
	const named = linked.filter(({ id }) => others.some(([, value]) => value.includes(id)));
	const ids = [...(links?.resolve(named) ?? [])].filter(([from, to]) => from !== to);
	const replace = (value: string) =>
		ids.reduce((text, [from, to]) => text.replaceAll(from, to), value);
	return new URLSearchParams(others.map(([name, value]) => [name, replace(value)]));
}

function parseLinked(text: string): LinkedTokenizer | null {
	const [, id, fingerprint, hub, name] =
		/^(own-[\w-]+),([\w.-]+:[0-9a-f]{64})?,([^,]*),(.+)$/s.exec(text) ?? [];
	if (id === undefined) return null;
	return { id, name, fingerprint: fingerprint ?? null, hub: parseHubReference(hub) };
}
