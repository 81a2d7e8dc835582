export { damageWords } from '../../drift/damage/words';
