import type { HubListing } from '../../session/tokenizers/hub/hub';
import { reasonOf } from '../../session/format';
import { HubError } from '../../session/tokenizers/hub/problem';
import { openTokenizer, PatternQuestionError } from '../../session/tokenizers/open-tokenizer';
import type { Lab } from '../../session/lab.svelte';
import type { SavedTokenizer } from '../../session/tokenizers/saved-tokenizer';
import { WorkerQuery, type QueryOptions } from '../../session/worker-query.svelte';
import type { HubAnswer } from '../../session/calls/hub';
import { MAX_JSON_BYTES } from '../../tokenizers/files/exact-json';
import { parseRepository } from '../../session/tokenizers/hub/repository';
import { messageOf, WorkerError } from '../../workers/client';
import { describeProblem, describeTooLarge } from './messages';

/** Limited to what the dialog needs from the lab, so that tests can pass a plain object. */
type HubVisitor = Pick<Lab, 'hub' | 'opening' | 'savedTokenizers'>;

/**
 * Handles a tokenizer from the Hub.
 * @param isNew whether the tokenizer was saved just now rather than earlier
 */
export type TakeLoaded = (saved: SavedTokenizer, isNew: boolean) => void;

interface LookUp {
	readonly repository: string;
	readonly revision: string;
	readonly token: string | null;
}

interface Loading {
	readonly listing: HubListing;
	readonly chosen: number;
	readonly token: string | null;
	/** Regular expression for pre-tokenization, if the files don't include one. */
	readonly pattern: string | null;
}

/** Revision to use if the visitor names none. */
const DEFAULT_REVISION = 'main';
const STOPPED = 'Stopped.';

/**
 * State of the dialog: first a repository's listing, then the files of one of its tokenizers. Nothing is sent until
 * {@link lookUp} is called. The access token is stored only in this object.
 */
export class HubVisit {
	/** As typed. */
	repository = $state('');
	token = $state('');
	/** Index of the selected tokenizer in the listing. */
	chosen = $state(0);
	/** Why the typed text doesn't name a repository. */
	#typingProblem = $state<string | null>(null);
	readonly #visitor: HubVisitor;
	readonly #lookUp: WorkerQuery<LookUp, HubListing>;
	readonly #load: WorkerQuery<Loading, SavedTokenizer>;
	#onloaded: TakeLoaded = () => undefined;

	constructor(visitor: HubVisitor) {
		this.#visitor = visitor;
		this.#lookUp = new WorkerQuery<LookUp, HubListing>(
			async (asked, options) =>
				valueOf(await online(visitor.hub.lookUpRepository(asked, options), options)),
			{ policy: 'replace' }
		);
		this.#load = new WorkerQuery<Loading, SavedTokenizer>(
			(loading, options) => this.#download(loading, options),
			{
				policy: 'replace',
				onanswer: ({ value }) => this.#onloaded(value, true)
			}
		);
	}

	/** @param onloaded called with the tokenizer that is loaded, or with the one that was saved earlier */
	begin(onloaded: TakeLoaded): void {
		this.#onloaded = onloaded;
		this.forget();
	}

	/** Discards the results, because the visitor may now mean a different repository. */
	forget(): void {
		if (this.isLookingUp || this.isLoading) this.stop();
		this.#typingProblem = null;
		this.chosen = 0;
		this.#lookUp.forget();
		this.#load.forget();
	}

	/** Listing of the repository; `null` before it arrives. */
	get listing(): HubListing | null {
		return this.#lookUp.status === 'ready' ? (this.#lookUp.answer?.value ?? null) : null;
	}

	get files() {
		return this.listing?.tokenizers[this.chosen]?.files ?? [];
	}

	/** The tokenizer that was saved earlier from the selected files, if there is one. */
	get existing(): SavedTokenizer | null {
		const { listing, files } = this;
		if (!listing || files.length === 0) return null;
		const main = files[0].path;
		const isIt = ({ origin }: SavedTokenizer) =>
			origin.kind === 'hub' &&
			origin.repository === listing.repository &&
			origin.commit === listing.commit &&
			origin.files[0] === main;
		return this.#visitor.savedTokenizers.list.find(isIt) ?? null;
	}

	/** Why the selected tokenizer is too large to load; `null` if it isn't. */
	get tooLarge(): string | null {
		return describeTooLarge(this.files, MAX_JSON_BYTES);
	}

	get isLookingUp(): boolean {
		return this.#lookUp.status === 'loading';
	}
	get isLoading(): boolean {
		return this.#load.status === 'loading';
	}
	get progress() {
		return this.#load.progress;
	}

	get problem(): string | null {
		if (this.#typingProblem !== null) return this.#typingProblem;
		const failed = [this.#load, this.#lookUp].find(({ status }) => status === 'error');
		if (!failed || failed.cause instanceof PatternQuestionError) return null;
		const { cause } = failed;
		if (cause instanceof HubError) return describeProblem(cause.problem);
		// Messages about a tokenizer begin with its name.
		return cause instanceof WorkerError ? failed.error : reasonOf(cause);
	}

	get needsToken(): boolean {
		const causes = [this.#load, this.#lookUp].map(({ status, cause }) =>
			status === 'error' && cause instanceof HubError ? cause.problem.kind : null
		);
		const kinds = ['gated', 'no-repository', 'bad-token'];
		return this.listing?.isGated === true || causes.some((kind) => kinds.includes(kind ?? ''));
	}

	/** Message asking for a regular expression that the files don't include; `null` if it isn't needed. */
	get patternQuestion(): string | null {
		const { status, cause } = this.#load;
		return status === 'error' && cause instanceof PatternQuestionError ? cause.message : null;
	}

	async lookUp(): Promise<void> {
		this.forget();
		try {
			const { repository, revision } = parseRepository(this.repository);
			const token = this.#givenToken;
			await this.#lookUp.ask({ repository, revision: revision ?? DEFAULT_REVISION, token });
		} catch (error) {
			this.#typingProblem = messageOf(error);
		}
	}

	/** Loads the selected tokenizer and saves it. @param pattern regular expression for pre-tokenization */
	async load(pattern: string | null = null): Promise<void> {
		const { listing, chosen } = this;
		if (!listing || this.files.length === 0) return;
		// A tokenizer loaded earlier may have been deleted since.
		this.#load.forget();
		await this.#load.ask({ listing, chosen, token: this.#givenToken, pattern });
	}

	useExisting(): void {
		const { existing } = this;
		if (existing) this.#onloaded(existing, false);
	}

	/** Terminates the worker, which also stops its downloads. */
	stop(): void {
		this.#lookUp.stop(STOPPED);
		this.#load.stop(STOPPED);
		this.#visitor.hub.stopHub();
	}

	get #givenToken(): string | null {
		return this.token.trim() || null;
	}

	async #download(
		{ listing, chosen, token, pattern }: Loading,
		options: QueryOptions
	): Promise<SavedTokenizer> {
		const { repository, commit, tokenizers } = listing;
		const { name, files } = tokenizers[chosen];
		const reference = { repository, commit };
		const { hub } = this.#visitor;
		const call = hub.downloadTokenizer({ reference, files, token }, options);
		const loaded = valueOf(await online(call, options));
		// Frees the memory that the downloaded files use.
		hub.stopHub();
		options.onprogress(null);
		return openTokenizer(this.#visitor, {
			name: chosen === 0 ? repository : `${repository} (${name})`,
			files: loaded,
			origin: { kind: 'hub', repository, commit, files: files.map(({ path }) => path) },
			...(pattern === null ? {} : { pattern }),
			...options
		});
	}
}

export const createHubVisit = (visitor: HubVisitor): HubVisit => new HubVisit(visitor);

/**
 * If the browser is offline, reports that as the problem, because even the worker's script may have failed to load.
 * @throws HubError
 */
async function online<T>(call: Promise<T>, { signal }: QueryOptions): Promise<T> {
	try {
		return await call;
	} catch (error) {
		if (!signal.aborted && !navigator.onLine) throw new HubError({ kind: 'offline' });
		throw error;
	}
}

/** @throws HubError */
function valueOf<T>(answer: HubAnswer<T>): T {
	if (answer.problem) throw new HubError(answer.problem);
	return answer.value;
}
