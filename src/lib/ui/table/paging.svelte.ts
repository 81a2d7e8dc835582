interface List<Rows> {
	readonly length: number;
	slice(from: number, to: number): Rows;
}

/** Pages of a long list. A list that becomes shorter than the page shown shows its last page. */
export class Paging<Rows extends List<Rows>> {
	readonly #list: () => Rows;
	readonly #size: number;
	#page = $state(0);

	/** @param size rows per page */
	constructor(list: () => Rows, size: number) {
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
		return Math.min(this.#page, this.pages - 1);
	}
	set page(page: number) {
		this.#page = Math.min(this.pages - 1, Math.max(0, page));
	}
	/** Number of rows before the page. */
	get from(): number {
		return this.page * this.#size;
	}
	get rows(): Rows {
		return this.#list().slice(this.from, this.from + this.#size);
	}
}
