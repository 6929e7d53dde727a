-- A word that the statistics do not know is taken for half as frequent as the rarest one they do. With the default of 100 a search that
-- finds nothing among 1,000,000 products seemed to find 1,133, so the planner read the list in order, and all of it: 440 ms.
ALTER TABLE product ALTER COLUMN search_words SET STATISTICS 1000;
