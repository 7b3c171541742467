import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { isRole, ROLES, type Role } from '../../../shared/access/can.ts';

interface RoleSelectProps {
  readonly label: string;
  readonly role: Role;
  readonly onChoose: (role: Role) => void;
}

/** A role for somebody who is still to come. */
export function RoleSelect({ label, role, onChoose }: RoleSelectProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="field"
        value={role}
        onChange={(event) => {
          if (isRole(event.target.value)) onChoose(event.target.value);
        }}
      >
        {ROLES.map((other) => (
          <option key={other} value={other}>
            {t(`roles.${other}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
