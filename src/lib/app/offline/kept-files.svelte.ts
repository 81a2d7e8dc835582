/** Which vocabularies and texts this browser keeps. Any page of the lab can change it. */
import { formatBytes, plural } from '../../session/format';
import { inTime } from '../../session/in-time';
import {
	describeStorageError,
	findKept,
	keepFile,
	removeFile,
	type KeepableFile
} from './keepable-files';

/** Storage of the whole site, in bytes, as far as the browser tells. */
interface SiteStorage extends StorageEstimate {
	/** Whether the browser deletes nothing on its own. */
	readonly isPersistent: boolean | undefined;
	/** Whether the browser has replied on this visit to being asked not to delete anything on its own. */
	readonly wasAsked: boolean;
}

export class KeptFiles {
	readonly #files: readonly KeepableFile[];
	/** Addresses of what is kept; `null` until the browser has answered. */
	addresses = $state.raw<ReadonlySet<string> | null>(null);
	storage = $state.raw<SiteStorage | null>(null);
	/** File being downloaded, with the bytes received and expected of all files; `null` if there is none. */
	download = $state.raw<{ name: string; received: number; total: number } | null>(null);
	/** The last success, in words. */
	said = $state('');
	/** The last failure, in words; `null` if there was none. */
	problem = $state<string | null>(null);
	#wasAsked = false;
	#abort = new AbortController();

	constructor(files: readonly KeepableFile[]) {
		this.#files = files;
	}

	/** Reads what is kept, and how much space there is. */
	async read(): Promise<void> {
		try {
			this.addresses = await findKept(this.#files);
		} catch (error) {
			this.problem = describeStorageError(error);
		}
		const storage = navigator.storage as StorageManager | undefined;
		this.storage = {
			...(await inTime(storage?.estimate())),
			isPersistent: await inTime(storage?.persisted()),
			wasAsked: this.#wasAsked
		};
	}

	/** Keeps files one after another, unless a download is running. */
	async keep(files: readonly KeepableFile[]): Promise<void> {
		if (this.download || files.length === 0) return;
		const { signal } = (this.#abort = new AbortController());
		const total = sizeOf(files);
		let done = 0;
		this.said = '';
		this.problem = null;
		void this.#askToPersist();
		try {
			for (const file of files) {
				const { name, size } = file;
				const show = (received: number) => {
					if (!signal.aborted)
						this.download = { name, received: done + Math.min(received, size), total };
				};
				show(0);
				await keepFile(file, ({ received }) => show(received), signal);
				// Stopped while it was being stored, and perhaps begun again.
				signal.throwIfAborted();
				done += size;
				this.addresses = await findKept(this.#files);
			}
			if (!signal.aborted) this.said = `Kept ${plural(files.length, 'file')}.`;
		} catch (error) {
			if (!signal.aborted) this.problem = describeStorageError(error);
		}
		if (!signal.aborted) this.download = null;
		await this.read();
	}

	/** Stops the download at once. Complete files stay. */
	stop(): void {
		this.#abort.abort(new DOMException('Stopped.', 'AbortError'));
		this.download = null;
		this.said = 'Stopped. Files that had arrived completely are kept.';
	}

	/** Asks the browser not to delete anything on its own. It may ask the visitor, which can take any time. */
	async #askToPersist(): Promise<void> {
		const storage = navigator.storage as StorageManager | undefined;
		if (!storage || this.storage?.isPersistent || this.#wasAsked) return;
		const answer = await storage.persist().catch(() => undefined);
		this.#wasAsked = answer !== undefined;
		await this.read();
	}

	/** Removes files, unless a download is running. */
	async remove(files: readonly KeepableFile[]): Promise<void> {
		if (this.download || files.length === 0) return;
		this.said = '';
		this.problem = null;
		try {
			for (const file of files) await removeFile(file);
			this.said = `Removed ${plural(files.length, 'file')}.`;
		} catch (error) {
			this.problem = describeStorageError(error);
		}
		await this.read();
	}
}

/** Sum of the download sizes, in bytes. */
export const sizeOf = (files: readonly KeepableFile[]): number =>
	files.reduce((sum, { size }) => sum + size, 0);

/** Describes the storage of the site in sentences. */
export function describeStorage({ usage, quota, isPersistent, wasAsked }: SiteStorage): string {
	const space =
		usage === undefined || quota === undefined
			? ''
			: `This site uses ${formatBytes(usage)} of the ${formatBytes(quota)} that the browser allows. `;
	if (isPersistent === undefined) return space;
	if (isPersistent) return `${space}The browser has agreed not to delete anything on its own.`;
	return wasAsked
		? `${space}The browser was asked not to delete anything on its own, but declined. It may delete kept files when space runs low.`
		: `${space}The browser may delete kept files when space runs low. Keeping all files also asks it not to.`;
}
