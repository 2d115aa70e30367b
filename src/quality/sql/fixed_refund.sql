-- row: what an order gives back; one that is refunded without an amount gives back all that was paid, as in a file
if(ifNull(fix_status, 0) = 5 AND ifNull(fix_refund, refund_minor) = 0,
    ifNull(fix_gross, gross_minor) - ifNull(fix_discount, discount_minor), ifNull(fix_refund, refund_minor))
