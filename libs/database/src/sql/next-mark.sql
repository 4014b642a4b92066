-- A number that is greater than all before: marks are taken from the revisions.
select nextval(pg_get_serial_sequence('index_entry', 'revision')) as mark
