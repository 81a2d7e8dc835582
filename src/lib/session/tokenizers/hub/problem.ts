/** Why a request to the Hugging Face Hub failed. */
export type HubProblem =
	/** The browser is offline. */
	| { readonly kind: 'offline' }
	/** No response for a while, or no response that this page may read. */
	| { readonly kind: 'silent'; readonly host: string }
	/** Only accounts with access can download the files. */
	| { readonly kind: 'gated'; readonly repository: string; readonly withToken: boolean }
	/** The repository doesn't exist or is private; the Hub doesn't say which. */
	| { readonly kind: 'no-repository'; readonly repository: string; readonly withToken: boolean }
	| { readonly kind: 'no-revision'; readonly repository: string; readonly revision: string }
	| { readonly kind: 'no-file'; readonly path: string }
	/** The Hub rejected the access token. */
	| { readonly kind: 'bad-token' }
	/** Too many requests. `seconds` is how long to wait, or `null` if the Hub doesn't say. */
	| { readonly kind: 'rate-limit'; readonly seconds: number | null }
	/** A web page instead of the expected response, such as a network's sign-in page. */
	| { readonly kind: 'web-page'; readonly host: string }
	| { readonly kind: 'status'; readonly host: string; readonly status: number }
	/** A response in an unexpected format. */
	| { readonly kind: 'unexpected'; readonly found: string }
	/** The path of a listed file points outside the repository. */
	| { readonly kind: 'bad-path'; readonly path: string }
	/** The connection was interrupted. Sizes in bytes. */
	| {
			readonly kind: 'truncated';
			readonly path: string;
			readonly received: number;
			readonly size: number;
	  }
	/** The file is too large to download whole, but the host doesn't support range requests. */
	| {
			readonly kind: 'no-ranges';
			readonly host: string;
			readonly path: string;
			readonly size: number;
	  }
	/** The content doesn't match the repository's listing. */
	| { readonly kind: 'damaged'; readonly path: string };

export class HubError extends Error {
	override readonly name = 'HubError';
	readonly problem: HubProblem;

	constructor(problem: HubProblem) {
		super(problem.kind);
		this.problem = problem;
	}
}
