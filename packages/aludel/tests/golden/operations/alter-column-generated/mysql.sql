-- there
ALTER TABLE `item` MODIFY COLUMN `double` int GENERATED ALWAYS AS (price * 20) STORED;
ALTER TABLE `item` MODIFY COLUMN `kept` int;

-- and back
ALTER TABLE `item` MODIFY COLUMN `kept` int GENERATED ALWAYS AS (price + 1) STORED;
ALTER TABLE `item` MODIFY COLUMN `double` int GENERATED ALWAYS AS (price * 2) STORED;
