"""The closed vocabularies of the reading summary, as its format states them."""


def words(listed: str) -> frozenset[str]:
    """The words of a list written on one line or over several."""
    return frozenset(listed.split())


TYPES = words(
    "temporary_staffing service_agreement service_management part_time_agent system_outsourcing"
)
QUALITIES = words("clean blanks contradictory portal_noise ocr_noise mojibake_pinyin_gloss")
BASES = words(
    "fixed_monthly fixed_annual per_seat_month per_person_month per_shift per_hour"
    " hourly_plus_commission base_plus_commission base_plus_performance"
    " minimum_plus_overage per_minute_tiered headcount_x_hours_x_rate"
    " headcount_x_days_x_rate milestone_plus_annual"
)
CYCLES = words(
    "monthly bimonthly quarterly semiannual annual weekly every_10_days once two_installments"
)
DUE_KINDS = words(
    "working_days_after calendar_days_after day_of_month days_of_month"
    " day_of_quarter_first_month day_of_half_year_first_month weekday_next_week"
)
DUE_EVENTS = words(
    "invoice_received statement_received statement_confirmed"
    " statement_and_invoice_received period_end month_after_service quarter half_year"
    " service_year_start service_end settlement settlement_date contract_signed"
    " contract_effective documents_received summary_report_received"
    " annual_assessment_completed one_year_after_acceptance"
)
AMOUNT_UNITS = words(
    "CNY CNY/month CNY/year CNY/hour CNY/min CNY/conversation CNY/person/hour"
    " CNY/person/day CNY/person/month CNY/person/shift CNY/seat/day CNY/seat/month"
    " CNY/pp pct pct_net_paid_sales pct_paid_sales pct_seat_fee multiplier seat"
    " conversation/month"
)
METRICS = words(
    "first_response_time response_time avg_response_time answer_rate answer_rate_30s"
    " timely_answer_rate reply_rate reply_rate_3min service_level missed_conversations"
    " resolution_time resolution_rate fcr aht availability csat csat_score"
    " client_satisfaction_score invite_rate nps_improvement complaint_rate"
    " complaint_callback_time complaint_close_time major_complaint_start_time"
    " regulator_ticket_reply conversion_rate dispute_refund_rate qa_pass_rate qa_score"
    " attendance_rate training_hours training_sessions report_delivery"
    " backup_frequency restore_drill rpo rto fault_response_time fault_fix_time"
)
LEVEL_UNITS = words(
    "s min h day working_day day_of_month working_day_of_next_month pct permille per10k"
    " point score_5 score_100 count rings per_day per_quarter per_year h_per_quarter"
)
DEDUCTION_METRICS = METRICS | words(
    "abuse attendance data_leak media_incident valid_complaint_count"
    " failed_metric_count assessment_score"
)
TRIGGERS = words("per_step_below per_step_above per_event tier score_band")
DEDUCTION_UNITS = words(
    "CNY pct_monthly_fee pct_base_fee pct_quarter_fee pct_annual_maintenance"
    " pct_monthly_system_fee pct_payable pct_final_payment"
)
NOTICES = words(
    "termination address_change force_majeure force_majeure_proof statement_objection"
    " promotion_notice data_breach rectification replacement leave"
)
NOTICE_UNITS = words("day working_day hour month")
ROUTE = words("negotiation mediation arbitration litigation labor_arbitration")
VENUES = words("client_location provider_location signing_place defendant")
BLANKS = words(
    "contract_no sign_date client_name provider_name client_address client_contact"
    " provider_address provider_id_no headcount payment.account payment.monthly_pct"
    " payment.statement_day deliverable_days term.start term.end term.months fee.amounts"
    " fee.total fee.tax_rate payment.cycle payment.due payment.due.n"
    " payment.down_payment.pct payment.down_payment.amount payment.final_payment.pct"
    " payment.deposit.amount late_fee.rate_per_day late_fee.pct"
    " provider_delay_penalty.rate_per_day provider_delay_penalty.pct"
    " suspension_after_days service_hours part_time.min_hours_per_week"
    " part_time.max_hours_per_week assessment.pass_score"
    " assessment.consecutive_failures_to_terminate renewal.months"
    " confidentiality.after_years dispute.arbitration_body dispute.court dispute.venue"
    " liability_cap.value"
)
CODES = words(
    "ROLE_INVERTED ROLE_ALIAS PARTY_NOT_IDENTIFIED PAYMENT_DIRECTION_REVERSED"
    " PAYMENT_TERM_CONFLICT PERCENT_SUM_UNCHECKED FEE_TOTAL_MISMATCH"
    " AMOUNT_WORDS_DIGITS_MISMATCH TERM_MISMATCH RENEWAL_CONFLICT DATE_INVALID"
    " MISSING_ARTICLES TOC_BODY_MISMATCH CROSSREF_BROKEN TEXT_MISSING TRUNCATED"
    " ARB_THEN_LIT ARB_OR_LIT ARB_BODY_UNSPECIFIED MULTI_COURT_VENUE VENUE_ONE_SIDED"
    " VENUE_BLANK MEDIATION_BODY_ODD DISPUTE_CONFLICT PENALTY_UNDETERMINED"
    " PENALTY_EXCESSIVE PENALTY_OVERLAP PENALTY_BASE_TOTAL CONF_TERM_CONFLICT"
    " CONF_ENDS_WITH_CONTRACT SURVIVAL_CONFLICT PRECEDENCE_CONFLICT SL_CONFLICT"
    " UNIT_AMBIGUOUS METRIC_MISNAMED VAGUE_STANDARD UNSPECIFIED_CONSECUTIVE"
    " UNILATERAL_METRICS THIRD_PARTY_LIABILITY_SHIFT NONBREACH_AS_BREACH"
    " TERMINATION_EMPTY PARTTIME_OVER_24H PARTTIME_NO_CAP PARTTIME_PAY_CYCLE_GT_15D"
    " PARTTIME_PROBATION PARTTIME_PENALTY_ILLEGAL PARTTIME_BELOW_MIN_WAGE"
    " DEPOSIT_FROM_WORKER ID_CARD_RETENTION LABOR_DISPUTE_ROUTE OVERTIME_WAIVER"
    " LABOUR_CHARACTER WAGE_DEDUCTION_GT_20PCT PIPL21_MISSING SUBPROCESS_UNAPPROVED"
    " DATA_RETAINED_AFTER_END NO_DELETION_CERT SME_PAYMENT_GT_60D"
    " PLACEHOLDERS_AS_VALUES SERVICE_BEFORE_PAYMENT_ORDER"
)
