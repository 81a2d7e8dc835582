/** Strings of the dialog that loads tokenizers from the Hugging Face Hub. */
import { formatBytes, plural } from '../../session/format';
import type { HubFile, HubListing } from '../../session/tokenizers/hub/hub';
import type { HubProblem } from '../../session/tokenizers/hub/problem';
import { isGgufPath } from '../../session/tokenizers/hub/tokenizer-files';

/** Says what the Hub did not give and why, and what to do. */
export function describeProblem(problem: HubProblem): string {
	switch (problem.kind) {
		case 'offline':
			return 'This browser is offline. Connect it and try again.';
		case 'silent':
			return `No answer from ${problem.host}. Check the connection, and whether a firewall, an extension or the headers of this site (Content-Security-Policy, connect-src) block it. You can also download the files yourself and open them here.`;
		case 'gated':
			return problem.withToken
				? `The account of this token has no access to ${problem.repository}. Ask for access on its page, and check that the token may read gated repositories.`
				: `${problem.repository} is gated: only accounts with access may download its files. Enter an access token of such an account.`;
		case 'no-repository':
			return problem.withToken
				? `The Hub has no model ${problem.repository}, or the account of this token may not see it. Check the spelling.`
				: `The Hub has no public model ${problem.repository}. Check the spelling. If it is private, enter an access token.`;
		case 'no-revision':
			return `${problem.repository} has no branch, tag or commit "${problem.revision}". Check the spelling, or leave it out.`;
		case 'no-file':
			return `${problem.path || 'The file'} is no longer there. Look the repository up again.`;
		case 'bad-token':
			return 'The Hub does not accept this access token. It may be mistyped, expired or revoked.';
		case 'rate-limit':
			return problem.seconds === null
				? 'The Hub answers no more requests from this network for now (rate limit). Wait some minutes and try again.'
				: `The Hub answers no more requests from this network for now (rate limit). Try again in ${plural(problem.seconds, 'second')}.`;
		case 'web-page':
			return `Got a web page in place of an answer from ${problem.host}. If this network has a login page, log in and try again.`;
		case 'status':
			return `${problem.host} answered ${problem.status}, expected 200. Try again later.`;
		case 'unexpected':
			return `Got an answer that is not the Hub's: ${JSON.stringify(problem.found)}. Try again later.`;
		case 'bad-path':
			return `Got a file named ${JSON.stringify(problem.path)}, expected a path inside the repository. Nothing was loaded. Choose a different repository.`;
		case 'truncated':
			return `${problem.path} broke off after ${formatBytes(problem.received)} of ${formatBytes(problem.size)}. Check the connection and try again.`;
		case 'no-ranges':
			return `${problem.host} does not send the header of ${problem.path} alone, and the file has ${formatBytes(problem.size)}. Download it yourself and open it here.`;
		case 'damaged':
			return `${problem.path} arrived with another content than the repository lists. Try again.`;
	}
}

/** Digits of a commit that people compare. */
const SHORT_COMMIT = 7;

/** "openai-community/gpt2 at 607a30d (main)" */
export function describeCommit({ repository, commit, revision }: HubListing): string {
	const short = commit.slice(0, SHORT_COMMIT);
	const isCommit = commit.startsWith(revision);
	return `${repository} at ${short}${isCommit ? '' : ` (${revision})`}`;
}

export const describeNoTokenizer = ({ repository }: HubListing): string =>
	`${repository} has none of tokenizer.json, vocab.json with merges.txt, tekken.json, .model, .tiktoken and .gguf.`;

/** Label of the button that loads files. */
export function describeLoad(files: readonly HubFile[]): string {
	if (files.some(({ path }) => isGgufPath(path))) return 'Load the header';
	return `Load ${formatBytes(files.reduce((sum, { size }) => sum + size, 0))}`;
}

/** "4.1 GB", and for a GGUF file which part of it is loaded. */
export const describeSize = ({ path, size }: HubFile): string =>
	isGgufPath(path) ? `${formatBytes(size)}; loads only the header, a few MB` : formatBytes(size);

/** Says which file is too large to be read; `null` if none is. @param most in bytes */
export function describeTooLarge(files: readonly HubFile[], most: number): string | null {
	const large = files.find(({ path, size }) => size > most && !isGgufPath(path));
	return large
		? `${large.path} has ${formatBytes(large.size)}. The lab reads at most ${formatBytes(most)}.`
		: null;
}
