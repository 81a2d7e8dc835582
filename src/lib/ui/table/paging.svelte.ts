/** Pages of a long list. If the list becomes shorter than the current page, the last page is shown. */
export class Paging<Row> {
	readonly #list: () => readonly Row[];
	readonly #size: number;
	#asked = $state(0);

	/** @param size rows per page */
	constructor(list: () => readonly Row[], size: number) {
		this.#list = list;
		this.#size = size;
	}

	get total(): number {
		return this.#list().length;
	}
	get pages(): number {
		return Math.max(1, Math.ceil(this.total / this.#size));
	}
	get page(): number {
		return Math.min(this.#asked, this.pages - 1);
	}
	set page(page: number) {
		this.#asked = Math.min(this.pages - 1, Math.max(0, page));
	}
	/** Number of rows before the page. */
	get from(): number {
		return this.page * this.#size;
	}
	get rows(): readonly Row[] {
		return this.#list().slice(this.from, this.from + this.#size);
	}
}
