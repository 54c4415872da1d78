"""Would the published accidents have happened under the plan, and does the plan still reach the muscle in ordinary treatment?"""
