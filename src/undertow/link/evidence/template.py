"""Posts cut from one template."""

from undertow.link.contract import Evidence

EVIDENCE = Evidence(
    name="template",
    version=1,
    says="follows",
    thing="the template {via}",
    family="text",
    strong=False,
    sql="SELECT post_id AS record_id, template_id AS via FROM template_posts",
    given={
        "posts": [{"post_id": "p3"}],
        "template_posts": [{"template_id": "t1", "post_id": "p1"}, {"template_id": "t1", "post_id": "p2"}],
    },
    expect=[("p1", "t1"), ("p2", "t1")],
)
