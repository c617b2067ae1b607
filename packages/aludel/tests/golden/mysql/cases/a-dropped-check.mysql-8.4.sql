ALTER TABLE `child` DROP CHECK `ck_a`;
