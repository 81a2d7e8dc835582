type Key = string | { readonly url: string };

const addressOf = (key: Key) => (typeof key === 'string' ? key : key.url);

/** An in-memory version of the parts of Cache Storage that downloads need. */
export class FakeCache {
	readonly entries = new Map<string, Uint8Array<ArrayBuffer>>();
	/** URLs of deleted entries, in order. */
	readonly deleted: string[] = [];
	isFull = false;

	match = (key: Key) => {
		const bytes = this.entries.get(addressOf(key));
		const headers = { 'content-length': String(bytes?.length) };
		return Promise.resolve(bytes && new Response(bytes, { headers }));
	};
	put = async (address: string, response: Response) => {
		if (this.isFull) throw new DOMException('The quota is used up.', 'QuotaExceededError');
		this.entries.set(address, new Uint8Array(await response.arrayBuffer()));
	};
	delete = (key: Key) => {
		this.deleted.push(addressOf(key));
		return Promise.resolve(this.entries.delete(addressOf(key)));
	};
	keys = () => Promise.resolve([...this.entries.keys()].map((url) => ({ url })));
}
