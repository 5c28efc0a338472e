"""What every floor builds on: abstract bases, rules, actors, view markers, form parts, template tags, ids and time. Not for anything that knows a clinic."""
