export { DAMAGE_FIGURES, describeDamage as damageWords } from '../../../drift/damage/messages';
