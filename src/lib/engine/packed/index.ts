/** The packed format in which vocabularies are shipped and saved. */
export * from '../formats/packed';
