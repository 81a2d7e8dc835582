export { CHECK_WORDS } from '../../drift/checks/words';
