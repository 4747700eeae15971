import { Segmented } from '../../components/segmented.js';
import { Switch } from '../../components/switch.js';
import { utcOffset } from '../../lib/clock.js';
import { setPreference, usePreferences } from '../../lib/preferences.js';
import { Section, SettingRow } from './section.js';

export function LooksSection() {
  const { theme, density, enterSends, costUnderAnswers, clock } = usePreferences();
  return (
    <Section title="Looks and typing" hint="Kept in this browser.">
      <SettingRow label="Theme">
        <Segmented
          label="Theme"
          value={theme}
          onChange={(value) => setPreference('theme', value)}
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </SettingRow>
      <SettingRow label="Rows of tables">
        <Segmented
          label="Rows of tables"
          value={density}
          onChange={(value) => setPreference('density', value)}
          options={[
            { value: 'normal', label: 'Normal' },
            { value: 'dense', label: 'Dense' },
          ]}
        />
      </SettingRow>
      <SettingRow label="Enter sends">
        <Segmented
          label="Enter sends"
          value={enterSends}
          onChange={(value) => setPreference('enterSends', value)}
          options={[
            { value: 'auto', label: 'Except on touch' },
            { value: 'always', label: 'Always' },
            { value: 'never', label: 'Never' },
          ]}
        />
      </SettingRow>
      <SettingRow label="Times">
        <Segmented
          label="Times"
          value={clock}
          onChange={(value) => setPreference('clock', value)}
          options={[
            { value: 'local', label: `Here, ${utcOffset()}` },
            { value: 'utc', label: 'UTC' },
          ]}
        />
      </SettingRow>
      <Switch
        label="Cost under answers"
        checked={costUnderAnswers}
        onChange={(value) => setPreference('costUnderAnswers', value)}
      />
    </Section>
  );
}
