/** Beside the chosen 复购率. */
export const kpiNames = ['buyers', 'amount_per_customer', 'churn_rate', 'repeat_amount_share', 'net_amount'] as const;
