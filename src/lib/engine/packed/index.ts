/** The packed format of shipped and saved vocabularies. */
export * from '../formats/packed';
