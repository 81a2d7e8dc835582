/** Names of model repositories on the Hugging Face Hub, as links write them. */

/** A repository at one commit, which never changes. */
export interface HubReference {
	readonly repository: string;
	/** Hash of the commit, 40 hexadecimal digits. */
	readonly commit: string;
}

const PREFIX = 'hub:';
const MAX_NAME_LENGTH = 96;
/** Whether a text is the full hash of a commit. */
export const isCommit = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);

/** Whether a text may name a repository: the Hub allows letters, digits, `-`, `_` and `.`. */
export const isRepository = (text: string): boolean => {
	const parts = text.split('/');
	return (
		parts.length <= 2 &&
		parts.every(
			(part) =>
				part.length <= MAX_NAME_LENGTH &&
				/^\w([\w.-]*\w)?$/.test(part) &&
				!/--|\.\.|\.git$/.test(part)
		)
	);
};

/** Splits `owner/name@revision` at the first `@`. A revision may have slashes. */
export function splitAt(text: string): [repository: string, revision: string | null] {
	const at = text.indexOf('@');
	return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** Writes a repository for a link: `hub:owner/name@<commit>`. */
export const formatHubReference = ({ repository, commit }: HubReference): string =>
	`${PREFIX}${repository}@${commit}`;

/** Reads what {@link formatHubReference} wrote; `null` for any other text. */
export function parseHubReference(text: string): HubReference | null {
	if (!text.startsWith(PREFIX)) return null;
	const [repository, commit] = splitAt(text.slice(PREFIX.length));
	return isRepository(repository) && commit !== null && isCommit(commit)
		? { repository, commit }
		: null;
}
