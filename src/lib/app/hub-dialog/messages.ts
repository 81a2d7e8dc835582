import { formatBytes, plural } from '../../session/format';
import type { HubFile, HubListing } from '../../session/tokenizers/hub/hub';
import type { HubProblem } from '../../session/tokenizers/hub/problem';
import { isGgufPath } from '../../session/tokenizers/hub/tokenizer-files';

/** Explains why a request to the Hub failed, and what to do. */
export function describeProblem(problem: HubProblem): string {
	switch (problem.kind) {
		case 'offline':
			return 'This browser is offline. Go online and try again.';
		case 'silent':
			return `No answer from ${problem.host}. Check the connection, and whether a firewall, a browser extension or this site’s headers (Content-Security-Policy, connect-src) block it. You can also download the files yourself and open them here.`;
		case 'gated':
			return problem.withToken
				? `This token’s account has no access to ${problem.repository}. Request access on the repository’s page, and check that the token is allowed to read gated repositories.`
				: `${problem.repository} is gated: only accounts with access may download its files. Enter an access token from such an account.`;
		case 'no-repository':
			return problem.withToken
				? `The Hub has no model ${problem.repository}, or this token’s account is not allowed to see it. Check the spelling.`
				: `The Hub has no public model ${problem.repository}. Check the spelling. If it is private, enter an access token.`;
		case 'no-revision':
			return `${problem.repository} has no branch, tag or commit "${problem.revision}". Check the spelling, or leave the revision out.`;
		case 'no-file':
			return `${problem.path || 'The file'} is no longer there. Look the repository up again.`;
		case 'bad-token':
			return 'The Hub rejected the access token. It may be mistyped, expired or revoked.';
		case 'rate-limit':
			return problem.seconds === null
				? 'The Hub is limiting requests from this network for now (rate limit). Wait a few minutes and try again.'
				: `The Hub is limiting requests from this network for now (rate limit). Try again in ${plural(problem.seconds, 'second')}.`;
		case 'web-page':
			return `Got a web page instead of an answer from ${problem.host}. If this network has a login page, log in and try again.`;
		case 'status':
			return `${problem.host} answered ${problem.status}, expected 200. Try again later.`;
		case 'unexpected':
			return `Got an answer that does not look like the Hub’s: ${JSON.stringify(problem.found)}. Try again later.`;
		case 'bad-path':
			return `Got a file named ${JSON.stringify(problem.path)}, expected a path inside the repository. Nothing was loaded. Choose a different repository.`;
		case 'truncated':
			return `The download of ${problem.path} was cut off after ${formatBytes(problem.received)} of ${formatBytes(problem.size)}. Check the connection and try again.`;
		case 'no-ranges':
			return `${problem.host} cannot send only the header of ${problem.path}, and the whole file is ${formatBytes(problem.size)}. Download it yourself and open it here.`;
		case 'damaged':
			return `${problem.path} arrived damaged: its hash is not the one that the repository lists. Try again.`;
	}
}

const SHORT_COMMIT = 7;

/** "openai-community/gpt2 at 607a30d (main)" */
export function describeCommit({ repository, commit, revision }: HubListing): string {
	const short = commit.slice(0, SHORT_COMMIT);
	const isCommit = commit.startsWith(revision);
	return `${repository} at ${short}${isCommit ? '' : ` (${revision})`}`;
}

export const describeNoTokenizer = ({ repository }: HubListing): string =>
	`${repository} has no tokenizer.json, vocab.json with merges.txt, tekken.json, .model, .tiktoken or .gguf.`;

export function describeLoad(files: readonly HubFile[]): string {
	if (files.some(({ path }) => isGgufPath(path))) return 'Load the header';
	return `Load ${formatBytes(files.reduce((sum, { size }) => sum + size, 0))}`;
}

/** "4.1 GB"; for a GGUF file, also says that only its header is loaded. */
export const describeSize = ({ path, size }: HubFile): string =>
	isGgufPath(path) ? `${formatBytes(size)}; loads only the header, a few MB` : formatBytes(size);

/** Describes the first file that is too large; `null` if all files are small enough. @param most limit in bytes */
export function describeTooLarge(files: readonly HubFile[], most: number): string | null {
	const large = files.find(({ path, size }) => size > most && !isGgufPath(path));
	return large
		? `${large.path} is ${formatBytes(large.size)}. The lab reads at most ${formatBytes(most)}.`
		: null;
}
