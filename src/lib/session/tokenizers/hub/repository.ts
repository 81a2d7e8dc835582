/** Parses the names of model repositories on the Hugging Face Hub as people type them. */

/** A repository at one commit; its content never changes. */
export interface HubReference {
	readonly repository: string;
	/** Commit hash (40 hexadecimal digits). */
	readonly commit: string;
}

const MAX_NAME_LENGTH = 96;
export const isCommit = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);

/** Whether a string follows the Hub's rules for the names of model repositories. */
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

/** Splits `owner/name@revision` at the first `@`. A revision may contain slashes. */
function splitAt(text: string): [repository: string, revision: string | null] {
	const at = text.indexOf('@');
	return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

export interface RepositoryRequest {
	/** `owner/name`, or just a name for the Hub's oldest models (gpt2). */
	readonly repository: string;
	/** Branch, tag or commit; `null` for the default branch. */
	readonly revision: string | null;
}

const ADDRESS = /^(https?:\/\/(www\.)?(huggingface\.co|hf\.co)\/|hf:\/\/)/i;
/** Path segment between the repository and the revision in the URL of a page or file. */
const VIEWS = new Set(['tree', 'blob', 'resolve', 'raw', 'commit', 'commits']);

/**
 * Parses typed or pasted text: `owner/name`, `owner/name@revision`, or the URL of a page or file on the Hub.
 * @throws Error with a one-line message: what was found and what was expected
 */
export function parseRepository(typed: string): RepositoryRequest {
	const text = typed.trim();
	const path = text
		.replace(ADDRESS, '')
		.replace(/[?#].*$/, '')
		.replace(/\/+$/, '');
	const parts = path.replace(/^models\//, '').split('/');
	const view = parts.findIndex((part, at) => at > 0 && VIEWS.has(part));
	const inAddress = view > 0 ? parts[view + 1] : undefined;
	const [repository, afterAt] = splitAt(
		view > 0 ? parts.slice(0, view).join('/') : parts.join('/')
	);
	const revision = inAddress === undefined ? afterAt : decode(inAddress);
	if (!isRepository(repository) || revision === '') {
		throw new Error(
			`got "${text.slice(0, 100)}", expected owner/name, such as openai-community/gpt2, or the address of its page`
		);
	}
	return { repository, revision };
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
