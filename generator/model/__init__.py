"""The words every other layer speaks: records, kinds, rules, the portal, changes and judgements."""
