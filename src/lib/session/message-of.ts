/** Messages of the engine begin small, because the command line puts something before them. */
export function messageOf(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.replace(/^[a-z](?=[a-z ])/, (letter) => letter.toUpperCase());
}
