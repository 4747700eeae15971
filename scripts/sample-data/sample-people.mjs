/** People as if they had signed in before: no identity provider runs beside the sample. */
export const PEOPLE = [
  { id: 'usr_ann', email: 'ann@example.com', name: 'Ann Example', budgetUsd: 20, seenMinutesAgo: 4 },
  { id: 'usr_bo', email: 'bo@example.com', name: 'Bo Weaver', budgetUsd: null, seenMinutesAgo: 190 },
  {
    id: 'usr_long',
    email: 'maximiliane.von.und.zu.hohenlohe-oehringen@subsidiary.example.com',
    name: 'Maximiliane Friederike von und zu Hohenlohe-Öhringen-Kirchberg',
    budgetUsd: 5,
    seenMinutesAgo: 3_000,
  },
  { id: 'usr_lee', email: 'lee@example.org', name: 'Lee Sung-min', budgetUsd: 2, seenMinutesAgo: 9_000 },
  {
    id: 'usr_rtl',
    email: 'layla@example.org',
    name: 'ليلى حداد',
    budgetUsd: null,
    seenMinutesAgo: 40_000,
    isDisabled: true,
  },
];

export async function addPeople(repository, now) {
  for (const { id, email, name, budgetUsd, seenMinutesAgo, isDisabled = false } of PEOPLE) {
    await repository.insert({
      id,
      issuer: 'https://accounts.example.com',
      subject: id,
      email,
      name,
      budgetNanoUsd: budgetUsd === null ? null : budgetUsd * 1e9,
      budgetPeriod: budgetUsd === null ? null : 'month',
      createdAt: now - 80 * 86_400_000,
      lastSeenAt: now - seenMinutesAgo * 60_000,
      disabledAt: isDisabled ? now - 86_400_000 : null,
    });
  }
}
