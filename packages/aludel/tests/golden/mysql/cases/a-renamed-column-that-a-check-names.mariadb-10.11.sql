ALTER TABLE `child` RENAME COLUMN `a` TO `amount`;
