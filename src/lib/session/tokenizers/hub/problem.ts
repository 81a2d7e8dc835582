/** Why the Hugging Face Hub did not give what was asked for. */
export type HubProblem =
	/** This browser knows that it has no network. */
	| { readonly kind: 'offline' }
	/** No answer for a while, or none that this page may read. */
	| { readonly kind: 'silent'; readonly host: string }
	/** The files are for accounts with access. */
	| { readonly kind: 'gated'; readonly repository: string; readonly withToken: boolean }
	/** There is no such repository, or it is private: the Hub does not say which. */
	| { readonly kind: 'no-repository'; readonly repository: string; readonly withToken: boolean }
	| { readonly kind: 'no-revision'; readonly repository: string; readonly revision: string }
	| { readonly kind: 'no-file'; readonly path: string }
	/** The Hub does not know the token. */
	| { readonly kind: 'bad-token' }
	/** Too many requests. `seconds` until the next is answered; `null` if the Hub does not say. */
	| { readonly kind: 'rate-limit'; readonly seconds: number | null }
	/** A web page in place of an answer, as networks with a login send it. */
	| { readonly kind: 'web-page'; readonly host: string }
	| { readonly kind: 'status'; readonly host: string; readonly status: number }
	/** An answer in another form than the Hub's. */
	| { readonly kind: 'unexpected'; readonly found: string }
	/** A file of the list whose name leads out of its repository. */
	| { readonly kind: 'bad-path'; readonly path: string }
	/** The connection broke. Sizes in bytes. */
	| {
			readonly kind: 'truncated';
			readonly path: string;
			readonly received: number;
			readonly size: number;
	  }
	/** The host sends whole files only, and this one is large. */
	| {
			readonly kind: 'no-ranges';
			readonly host: string;
			readonly path: string;
			readonly size: number;
	  }
	/** Another content than the repository lists. */
	| { readonly kind: 'damaged'; readonly path: string };

/** Thrown with a problem. */
export class HubError extends Error {
	override readonly name = 'HubError';
	readonly problem: HubProblem;

	constructor(problem: HubProblem) {
		super(problem.kind);
		this.problem = problem;
	}
}
