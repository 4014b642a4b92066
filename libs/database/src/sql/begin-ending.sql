-- The worker ($1) was told to end: if it does so before it has handed its tasks back, that is none of theirs.
insert into worker (name, ending_at) values ($1, now()) on conflict (name) do update set ending_at = now()
