/** Pages of a long list. If the list becomes shorter than the current page, the last page is shown. */
export class Paging<Row> {
	readonly #list: () => readonly Row[];
	readonly #size: number;
	readonly #asked: { page: number };

	/**
	 * @param size rows per page
	 * @param asked holds the page that is asked for, from 0, which a short list may not have
	 */
	constructor(list: () => readonly Row[], size: number, asked?: { page: number }) {
		const own = $state({ page: 0 });
		this.#list = list;
		this.#size = size;
		this.#asked = asked ?? own;
	}

	get total(): number {
		return this.#list().length;
	}
	get pages(): number {
		return Math.max(1, Math.ceil(this.total / this.#size));
	}
	get page(): number {
		return Math.min(this.#asked.page, this.pages - 1);
	}
	set page(page: number) {
		this.#asked.page = Math.min(this.pages - 1, Math.max(0, page));
	}
	/** Number of rows before the page. */
	get from(): number {
		return this.page * this.#size;
	}
	get rows(): readonly Row[] {
		return this.#list().slice(this.from, this.from + this.#size);
	}
}
