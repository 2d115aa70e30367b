-- row: the status of a line; one that was cancelled alone stays so
if(status = 4 AND came_status != 4, status, ifNull(fix_status, status))
