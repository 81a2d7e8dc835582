import { concatenate, encodeUtf8, hexOf } from '../../../engine/text';
import { measureGgufMetadata } from '../../../tokenizers/files/gguf';
import { isGguf } from '../../../tokenizers/files/recognize';
import { isCommit, isRepository, type HubReference } from './repository';
import {
	findTokenizers,
	isGgufPath,
	isInRepository,
	type ListedFile,
	type TokenizerFiles
} from './tokenizer-files';
import { StallWatch, type DownloadProgress } from '../../downloads/fetch-bytes';
import { HubError } from './problem';
import { askHub } from './request';

const HUB_ORIGIN = 'https://huggingface.co';
/** Size, in bytes, of each part of a GGUF file to request. Most GGUF headers fit in one or two parts. */
const RANGE_BYTES = 4 << 20;

export interface HubFile extends ListedFile {
	/** Hexadecimal SHA-256 (64 digits) of a large file, or SHA-1 of the git blob (40 digits); `null` if not listed. */
	readonly hash: string | null;
}

/** The tokenizers in a repository at one commit. */
export interface HubListing extends HubReference {
	readonly revision: string;
	/** Whether only accounts approved by the owner can access the files. */
	readonly isGated: boolean;
	/** Starts with the tokenizer that Hugging Face's library would load. */
	readonly tokenizers: readonly TokenizerFiles<HubFile>[];
}

/** Client for the Hub's API and files, used in the worker that talks to the Hub. */
export class Hub {
	readonly #origin: string;

	constructor(origin = HUB_ORIGIN) {
		this.#origin = origin;
	}

	/** Resolves a revision to its commit and lists the tokenizers. @throws HubError */
	async lookUp(repository: string, revision: string, token: string | null): Promise<HubListing> {
		const bytes = await this.#fetchList({ repository, revision }, token);
		const { id, commit, isGated, files } = parseList(bytes);
		const tokenizers = findTokenizers(files);
		for (const { path } of tokenizers.flatMap(({ files }) => files))
			if (!isInRepository(path)) throw new HubError({ kind: 'bad-path', path });
		return { repository: id, commit, revision, isGated, tokenizers };
	}

	/**
	 * Downloads files one by one. For a GGUF file, downloads only the header, whose size isn't known in advance, so the
	 * reported total is 0.
	 * @throws HubError if a file can't be fetched or doesn't match the repository's listing
	 */
	async download(
		reference: HubReference,
		files: readonly HubFile[],
		token: string | null,
		onprogress: (progress: DownloadProgress) => void
	): Promise<{ readonly path: string; readonly file: Blob }[]> {
		const hasHeader = files.some(({ path }) => isGgufPath(path));
		const total = hasHeader ? 0 : files.reduce((sum, { size }) => sum + size, 0);
		const loaded: { path: string; file: Blob }[] = [];
		let before = 0;
		for (const file of files) {
			const report = (received: number) =>
				onprogress({ received: Math.min(before + received, total || Infinity), total });
			const whole = { start: 0, end: file.size };
			const isHeader = isGgufPath(file.path);
			const bytes = isHeader
				? await this.#loadHeader(reference, file, token, report)
				: await this.#fetchPart(reference, file, whole, token, report);
			if (!isHeader && !(await isListed(bytes, file)))
				throw new HubError({ kind: 'damaged', path: file.path });
			loaded.push({ path: file.path, file: new Blob([bytes]) });
			before += hasHeader ? bytes.length : file.size;
			onprogress({ received: before, total });
		}
		return loaded;
	}

	/**
	 * Downloads a GGUF file in parts, up to the end of its metadata. Parts can't be verified, because hashes cover
	 * whole files.
	 * @throws Error with a message that begins with the path, if the file isn't GGUF or is damaged
	 */
	async #loadHeader(
		reference: HubReference,
		file: HubFile,
		token: string | null,
		onprogress: (received: number) => void
	): Promise<Uint8Array<ArrayBuffer>> {
		const { path, size } = file;
		let bytes = new Uint8Array(0);
		const read = async (from: number, to: number) => {
			const start = bytes.length;
			if (Math.min(to, size) > start) {
				const end = Math.min(size, Math.max(to, start + RANGE_BYTES));
				const report = (received: number) => onprogress(start + received);
				const next = await this.#fetchPart(reference, file, { start, end }, token, report);
				bytes = concatenate([bytes, next]);
			}
			return bytes.subarray(from, to);
		};
		try {
			if (!isGguf(await read(0, 4)))
				throw new Error('got a different format from the one in the name, expected GGUF');
			const end = await measureGgufMetadata({ name: path, size, read });
			return (await read(0, end)).slice();
		} catch (error) {
			if (!(error instanceof Error) || error instanceof HubError) throw error;
			throw new Error(`${path}: ${error.message}`, { cause: error });
		}
	}

	/** Downloads bytes `[start, end)` of a file. */
	async #fetchPart(
		{ repository, commit }: HubReference,
		{ path, size }: HubFile,
		{ start, end }: { readonly start: number; readonly end: number },
		token: string | null,
		onprogress: (received: number) => void
	): Promise<Uint8Array<ArrayBuffer>> {
		const escaped = path.split('/').map(encodeURIComponent).join('/');
		const address = `${this.#origin}/${repository}/resolve/${commit}/${escaped}`;
		const subject = { repository, revision: commit, path };
		const watch = new StallWatch();
		const bytes = new Uint8Array(end - start);
		let received = 0;
		try {
			const range = end - start < size ? `bytes=${start}-${end - 1}` : null;
			const response = await askHub(this.#origin, address, token, subject, watch.signal, range);
			if (response.status !== 206 && bytes.length < size) {
				await response.body?.cancel();
				const { host } = new URL(response.url || address);
				throw new HubError({ kind: 'no-ranges', host, path, size });
			}
			// The Content-Range header states which part was sent, but not every host lets pages read the header.
			const sent = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
			if (sent !== undefined && Number(sent) !== start) {
				await response.body?.cancel();
				throw new HubError({ kind: 'damaged', path });
			}
			const reader = response.body?.getReader();
			for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
				watch.touch();
				if (received + part.value.length > bytes.length) {
					await reader?.cancel();
					throw new HubError({ kind: 'damaged', path });
				}
				bytes.set(part.value, received);
				received += part.value.length;
				onprogress(received);
			}
		} catch (error) {
			if (error instanceof HubError) throw error;
			throw new HubError({ kind: 'truncated', path, received: start + received, size: end });
		} finally {
			watch.stop();
		}
		if (received < bytes.length)
			throw new HubError({ kind: 'truncated', path, received: start + received, size: end });
		return bytes;
	}

	async #fetchList(
		subject: { readonly repository: string; readonly revision: string },
		token: string | null
	): Promise<Uint8Array<ArrayBuffer>> {
		const { repository, revision } = subject;
		const address = `${this.#origin}/api/models/${repository}/revision/${encodeURIComponent(revision)}?blobs=true`;
		const watch = new StallWatch();
		try {
			const response = await askHub(this.#origin, address, token, subject, watch.signal);
			return new Uint8Array(await response.arrayBuffer());
		} catch (error) {
			if (error instanceof HubError) throw error;
			throw new HubError({ kind: 'silent', host: new URL(this.#origin).host });
		} finally {
			watch.stop();
		}
	}
}

interface ParsedList {
	readonly id: string;
	readonly commit: string;
	readonly isGated: boolean;
	readonly files: readonly HubFile[];
}

/** Parses the Hub's description of a model. @throws HubError if the response has a different format */
function parseList(bytes: Uint8Array): ParsedList {
	const text = new TextDecoder().decode(bytes);
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new HubError({ kind: 'unexpected', found: text.slice(0, 60) });
	}
	const { id, sha, siblings, gated } = fieldsOf(json);
	if (
		typeof id !== 'string' ||
		!isRepository(id) ||
		typeof sha !== 'string' ||
		!isCommit(sha) ||
		!Array.isArray(siblings)
	) {
		throw new HubError({ kind: 'unexpected', found: text.slice(0, 60) });
	}
	const files = siblings.flatMap((sibling: unknown): HubFile[] => {
		const { rfilename, size, blobId, lfs } = fieldsOf(sibling);
		if (typeof rfilename !== 'string' || typeof size !== 'number' || !(size >= 0)) return [];
		const { sha256 } = fieldsOf(lfs);
		const hash = [sha256, lfs ? null : blobId].find(
			(found) => typeof found === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(found)
		);
		return [{ path: rfilename, size, hash: typeof hash === 'string' ? hash : null }];
	});
	return {
		id,
		commit: sha,
		isGated: gated === 'auto' || gated === 'manual' || gated === true,
		files
	};
}

const fieldsOf = (json: unknown): Readonly<Record<string, unknown>> =>
	typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};

/** Whether a file matches the listing: by size and, if available, by hash. */
async function isListed(bytes: Uint8Array<ArrayBuffer>, { size, hash }: HubFile): Promise<boolean> {
	if (bytes.length !== size) return false;
	// SubtleCrypto is available only in secure contexts.
	const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
	if (hash === null || !subtle) return true;
	const digest =
		hash.length === 64
			? await subtle.digest('SHA-256', bytes)
			: await subtle.digest('SHA-1', gitBlob(bytes));
	return hexOf(new Uint8Array(digest)) === hash;
}

/** A file as a git blob, which is what git hashes. */
const gitBlob = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
	concatenate([encodeUtf8(`blob ${bytes.length}\0`), bytes]);
