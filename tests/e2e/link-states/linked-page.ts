import type { Page } from '@playwright/test';

/** Picks one of some values, always the same ones for the same seed. */
export type Pick = <T>(values: readonly T[]) => T;

/** A generated state of a page. */
export interface LinkState {
	/** Link to it, relative to the site: `train?size=500#…`. */
	readonly address: string;
	/** Text that the page must show for each field that is visible in this state. */
	readonly shown: Readonly<Record<string, string>>;
}

/** A page whose links are tested. */
export interface LinkedPage {
	readonly name: string;
	/** Every field of the page's links; `input` is the hash. */
	readonly keys: readonly string[];
	/** Makes `count` states. */
	states(pick: Pick, count: number): Promise<readonly LinkState[]> | readonly LinkState[];
	/** Reads what the page shows for a field. */
	readonly read: Readonly<Record<string, (page: Page) => Promise<string>>>;
}
