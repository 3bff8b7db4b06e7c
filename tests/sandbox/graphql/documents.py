"""Documents that the tests of GraphQL share; `%s` stands for the fields asked for."""

REPOSITORY = '{ repository(owner: "Tidepool-Labs", name: "kelp") { %s } }'
ISSUE = '{ repository(owner: "tidepool-labs", name: "kelp") { issue(number: 1) { %s } } }'
