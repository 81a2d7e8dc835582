/** An edit that does not apply to a tokenizer; the message says what it has, what was expected. */
export class EditError extends Error {
	override readonly name = 'EditError';
}
