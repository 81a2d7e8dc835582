/** Requests to the Hugging Face Hub, and the reasons why they fail. */
import { HubError, type HubProblem } from './problem';

export interface HubSubject {
	readonly repository: string;
	readonly revision: string;
	readonly path?: string;
}

/** Omits cookies and the referrer, so that a host learns only the requested URL. */
const PRIVATE: RequestInit = {
	credentials: 'omit',
	referrerPolicy: 'no-referrer',
	// Everything worth keeping is already in Cache Storage.
	cache: 'no-store'
};

const hostOf = (address: string): string => new URL(address).host;

/**
 * Sends a request to the Hub. Only the Hub receives the token: if it redirects to a different origin, browsers remove
 * the token.
 * @param range value of the `Range` header; the response may still contain the whole file
 * @throws HubError if the request fails
 */
export async function askHub(
	hub: string,
	address: string,
	token: string | null,
	subject: HubSubject,
	signal: AbortSignal,
	range: string | null = null
): Promise<Response> {
	if (new URL(address).origin !== new URL(hub).origin) {
		throw new Error(`got a request to ${hostOf(address)}, expected one to ${hostOf(hub)}`);
	}
	const headers: HeadersInit = {
		...(token === null ? {} : { authorization: `Bearer ${token}` }),
		...(range === null ? {} : { range })
	};
	let response: Response;
	try {
		response = await fetch(address, { ...PRIVATE, headers, signal });
	} catch {
		const { navigator } = globalThis as { navigator?: Navigator };
		if (navigator?.onLine === false) throw new HubError({ kind: 'offline' });
		// Browsers hide the reason for the failure, and any URL that the Hub redirected to.
		const host = hostOf(hub);
		throw new HubError({
			kind: 'silent',
			host: subject.path === undefined ? host : `${host} or its download host`
		});
	}
	if (!response.ok) throw new HubError(await explainStatus(response, token, subject));
	const type = response.headers.get('content-type') ?? '';
	if (type.startsWith('text/html')) {
		throw new HubError({ kind: 'web-page', host: hostOf(response.url || address) });
	}
	return response;
}

async function explainStatus(
	response: Response,
	token: string | null,
	{ repository, revision, path }: HubSubject
): Promise<HubProblem> {
	const { status, headers } = response;
	const host = hostOf(response.url);
	const type = headers.get('content-type') ?? '';
	const code = headers.get('x-error-code') ?? '';
	const answer = `${headers.get('x-error-message') ?? ''} ${await readStart(response)}`;
	const withToken = token !== null;
	if (status === 429) return { kind: 'rate-limit', seconds: secondsToWait(headers) };
	const isOfAnother = status === 511 || (status < 500 && code === '');
	if (type.startsWith('text/html') && isOfAnother) {
		return { kind: 'web-page', host };
	}
	if (status === 401 || status === 403) {
		if (code === 'GatedRepo' || /gated|restricted|awaiting a review/i.test(answer)) {
			return { kind: 'gated', repository, withToken };
		}
		if (withToken && (status === 403 || code !== 'RepoNotFound')) return { kind: 'bad-token' };
		return { kind: 'no-repository', repository, withToken };
	}
	if (status === 404) {
		if (code === 'RevisionNotFound' || /invalid rev/i.test(answer)) {
			return { kind: 'no-revision', repository, revision };
		}
		if (code === 'EntryNotFound' || path !== undefined)
			return { kind: 'no-file', path: path ?? '' };
		return { kind: 'no-repository', repository, withToken };
	}
	return { kind: 'status', host, status };
}

/** Reads the start of a response that should contain only a message. */
async function readStart(response: Response): Promise<string> {
	try {
		return (await response.text()).slice(0, 2000);
	} catch {
		return '';
	}
}

/** Seconds until the next request is allowed: `Retry-After` in seconds, or `t` in the Hub's `RateLimit`. */
function secondsToWait(headers: Headers): number | null {
	const after = headers.get('retry-after');
	if (after !== null && /^\d+$/.test(after)) return Number(after);
	const [, window] = /\bt=(\d+)/.exec(headers.get('ratelimit') ?? '') ?? [];
	return window === undefined ? null : Number(window);
}
