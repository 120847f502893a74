"""What a notice of the response waits for while the result has not been received: a part of larger statements."""

RULES_OF_RESPONSE = """LEFT JOIN scheme ON notice.stage = 'response' AND appraisal.stage = 'response'
        AND scheme.key = appraisal.snapshot ->> 'rulebook'"""
"""Joins the scheme of a case whose result is to be answered, for the columns below."""

AWAITS = """CASE WHEN scheme.key IS NOT NULL AND appraisal.snapshot ->> 'received_on' IS NULL
        THEN COALESCE(scheme.content #>> '{receipt,starts_with}', 'acknowledged') END"""
"""The act of the employee that begins the days, by the rules of the case; NULL where nothing of the kind is awaited.

A scheme that says nothing of receipt waits for an acknowledgement (see `states.rules.ReceiptRule`).
"""
