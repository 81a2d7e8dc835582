/** Which vocabularies and texts this browser keeps. Any page of the lab can change it. */
import { SvelteMap } from 'svelte/reactivity';
import { inTime } from '../../session/in-time';
import {
	findKept,
	keepFile,
	removeFile,
	type KeepableFile,
	type SiteStorage
} from './keepable-files';
import { describeKeptNow, describeRemovedNow, describeStorageError, sizeOf } from './kept-messages';

export class KeptFiles {
	readonly files: readonly KeepableFile[];
	readonly #byId: ReadonlyMap<string, KeepableFile>;
	/** `null` until the browser has answered. */
	#kept = $state.raw<ReadonlySet<string> | null>(null);
	/** Bytes received of each file that is being downloaded or waits for it, by id, in order. */
	readonly #queue = new SvelteMap<string, number>();
	/** Files that were downloaded since the queue was last empty. */
	#done = $state.raw<readonly KeepableFile[]>([]);
	#problem = $state<string | null>(null);
	#said = $state('');
	#storage = $state.raw<SiteStorage | null>(null);
	#wasAsked = false;
	#abort = new AbortController();
	readonly #tabs =
		typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('bpe-lab-kept-files');

	constructor(files: readonly KeepableFile[]) {
		this.files = files;
		this.#byId = new Map(files.map((file) => [file.id, file]));
	}

	get isKnown(): boolean {
		return this.#kept !== null;
	}

	get isBusy(): boolean {
		return this.#queue.size > 0;
	}

	/** The last failure, in words; `null` if there was none. */
	get problem(): string | null {
		return this.#problem;
	}

	/** The last success, in words. */
	get said(): string {
		return this.#said;
	}

	get storage(): SiteStorage | null {
		return this.#storage;
	}

	/** The file that is being downloaded; `null` if there is none. */
	get current(): KeepableFile | null {
		const [id] = this.#queue.keys();
		return (id !== undefined && this.#byId.get(id)) || null;
	}

	/** Bytes of all files of the queue since it was last empty. */
	get progress(): { readonly received: number; readonly total: number } {
		let received = sizeOf(this.#done);
		let total = received;
		for (const [id, bytes] of this.#queue) {
			received += bytes;
			total += this.#byId.get(id)?.size ?? 0;
		}
		return { received, total };
	}

	isKept(id: string): boolean {
		return this.#kept?.has(id) ?? false;
	}

	isQueued(id: string): boolean {
		return this.#queue.has(id);
	}

	/** The files that are kept, out of some. */
	keptOf(files: readonly KeepableFile[]): KeepableFile[] {
		return files.filter(({ id }) => this.isKept(id));
	}

	/** The files that are missing to use some others, those that others are differences to first. */
	missingOf(files: readonly KeepableFile[]): KeepableFile[] {
		const missing = new Set<KeepableFile>();
		const add = (file: KeepableFile) => {
			if (this.isKept(file.id)) return;
			const parent = file.parent === undefined ? undefined : this.#byId.get(file.parent);
			if (parent) add(parent);
			missing.add(file);
		};
		files.forEach(add);
		return [...missing];
	}

	/** The kept files that are of no use without another. */
	dependentsOf(file: KeepableFile): KeepableFile[] {
		const direct = this.files.filter(({ id, parent }) => parent === file.id && this.isKept(id));
		return direct.flatMap((child) => [child, ...this.dependentsOf(child)]);
	}

	/** Reads what is kept, now and whenever another page may have changed it. Returns what ends that. */
	start(): () => void {
		const reread = () => {
			if (!document.hidden) void this.#read();
		};
		this.#tabs?.addEventListener('message', reread);
		document.addEventListener('visibilitychange', reread);
		window.addEventListener('focus', reread);
		void this.#read();
		return () => {
			this.stop();
			this.#tabs?.close();
			document.removeEventListener('visibilitychange', reread);
			window.removeEventListener('focus', reread);
		};
	}

	async #read(): Promise<void> {
		try {
			this.#kept = await findKept(this.files);
		} catch (error) {
			this.#problem = describeStorageError(error);
		}
		const storage = navigator.storage as StorageManager | undefined;
		const estimate = await inTime(storage?.estimate());
		this.#storage = {
			usage: estimate?.usage,
			quota: estimate?.quota,
			isPersistent: await inTime(storage?.persisted()),
			wasAsked: this.#wasAsked
		};
	}

	/** Keeps files, after those that are being kept. */
	async keep(files: readonly KeepableFile[]): Promise<void> {
		const isFirst = !this.isBusy;
		if (isFirst) {
			this.#done = [];
			this.#problem = null;
			this.#said = '';
			this.#abort = new AbortController();
		}
		for (const { id } of this.missingOf(files)) {
			if (!this.#queue.has(id)) this.#queue.set(id, 0);
		}
		if (isFirst) await Promise.all([this.#askToPersist(), this.#work(this.#abort.signal)]);
	}

	/** Stops at once. Files that are complete stay. */
	stop(): void {
		this.#abort.abort(new DOMException('Stopped.', 'AbortError'));
		this.#queue.clear();
	}

	async #work(signal: AbortSignal): Promise<void> {
		try {
			for (let file = this.current; file; file = this.current) {
				const { id, size } = file;
				await keepFile(
					file,
					(bytes) => {
						if (!signal.aborted) this.#queue.set(id, Math.min(bytes, size));
					},
					signal
				);
				// Stopped while it was being stored, and perhaps begun again.
				signal.throwIfAborted();
				this.#kept = new Set([...(this.#kept ?? []), id]);
				this.#done = [...this.#done, file];
				this.#queue.delete(id);
				this.#tabs?.postMessage(id);
			}
			this.#said = describeKeptNow(this.#done);
		} catch (error) {
			if (!signal.aborted) {
				this.#problem = describeStorageError(error);
				this.#queue.clear();
			}
		}
		await this.#read();
	}

	/** Asks the browser to delete nothing by itself. It may ask the visitor, and takes any time. */
	async #askToPersist(): Promise<void> {
		const storage = navigator.storage as StorageManager | undefined;
		if (this.#storage?.isPersistent || this.#wasAsked || !storage) return;
		const isPersistent = await storage.persist().catch(() => undefined);
		if (isPersistent === undefined) return;
		this.#wasAsked = true;
		this.#storage = {
			usage: undefined,
			quota: undefined,
			...this.#storage,
			isPersistent,
			wasAsked: true
		};
	}

	/** Removes files, and those that are of no use without them. */
	async remove(files: readonly KeepableFile[]): Promise<void> {
		this.#problem = null;
		this.#said = '';
		const removed = new Set(files.flatMap((file) => [file, ...this.dependentsOf(file)]));
		try {
			for (const file of removed) await removeFile(file);
			this.#said = describeRemovedNow([...removed]);
		} catch (error) {
			this.#problem = describeStorageError(error);
		}
		this.#tabs?.postMessage('');
		await this.#read();
	}
}
